// Draws what a command prints as an SVG picture of a terminal, for the README.
//
//   node scripts/terminal-picture.ts docs/pictures/eval.svg eval truth.json results.json --type bbox

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = dirname(import.meta.dirname);
const [target, ...command] = process.argv.slice(2);
const cli = join(root, 'apps/cli/bin/migaki.mjs');
const { stdout } = spawnSync(process.execPath, [cli, ...command], {
  cwd: root,
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined, COLUMNS: '92' },
});
if (target === undefined || stdout === '') {
  console.error('Expected the file to write and a command that prints something.');
  process.exit(2);
}

const fontSize = 13;
const charWidth = 7.83;
const lineHeight = 18;
const padding = 20;
const titleHeight = 34;
const colors = { text: '#d8dee9', dim: '#7b8394', background: '#1c2028', title: '#2a303b' };
/** SGR codes of foreground colours. */
const foregrounds: Record<string, string> = {
  '31': '#e0707a',
  '32': '#98c379',
  '33': '#e5c07b',
  '34': '#61afef',
  '35': '#c678dd',
  '36': '#56b6c2',
  '39': colors.text,
};

/** Blocks of eight eighths (█) down to one (▏), in the order of their code points. */
const barPattern = /^[█-▏]+$/;
const fullBlock = '█'.charCodeAt(0);

const lines = [
  `\u001b[2m$\u001b[22m npx migaki ${command.join(' ')}`,
  '',
  ...stdout.trimEnd().split('\n'),
];
const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
const width = Math.ceil(columns * charWidth + 2 * padding);
const height = titleHeight + lines.length * lineHeight + padding;
const dots = ['#e0707a', '#e5c07b', '#98c379'].map(
  (color, index) => `<circle cx="${20 + index * 18}" cy="17" r="5.5" fill="${color}"/>`,
);
const rows = lines.map((line, index) => {
  const y = titleHeight + padding / 2 + (index + 1) * lineHeight - 5;
  return `<text y="${y}" xml:space="preserve">${spans(line)}</text>${bars(line, y)}`;
});
writeFileSync(
  join(root, target),
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Terminal: migaki ${command[0]}">
<rect width="100%" height="100%" rx="9" fill="${colors.background}"/>
<path d="M0 ${titleHeight}V9a9 9 0 0 1 9-9H${width - 9}a9 9 0 0 1 9 9V${titleHeight}Z" fill="${colors.title}"/>
${dots.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" fill="${colors.text}">
${rows.join('\n')}
</g>
</svg>
`,
);

/** Bars are drawn as rectangles: the seams between block characters would show. */
function bars(line: string, y: number): string {
  let out = '';
  const plain = stripVTControlCharacters(line);
  for (const { 0: bar, index } of plain.matchAll(new RegExp(barPattern.source.slice(1, -1), 'g'))) {
    const eighths = [...bar].reduce((sum, block) => sum + 8 - (block.charCodeAt(0) - fullBlock), 0);
    const width = ((eighths / 8) * charWidth).toFixed(1);
    out += `<rect x="${(padding + index * charWidth).toFixed(1)}" y="${y - 11}" width="${width}" height="14" fill="${foregrounds['36']}"/>`;
  }
  return out;
}

/** One line as runs of equal style; each run's width is fixed, so that columns stay aligned in any font. */
function spans(line: string): string {
  let column = 0;
  let isBold = false;
  let isDim = false;
  let color = colors.text;
  let out = '';
  // Before the first code stands plain text; each later piece starts with its own: `36mtext`.
  for (const piece of `m${line}`.split('\u001b[')) {
    const end = piece.indexOf('m');
    const text = piece.slice(end + 1);
    for (const code of piece.slice(0, end).split(';')) {
      if (code === '1') isBold = true;
      else if (code === '2') isDim = true;
      else if (code === '22') isBold = isDim = false;
      else if (code in foregrounds) color = foregrounds[code];
    }
    if (text === '') continue;
    const x = padding + column * charWidth;
    column += [...text].length;
    if (text.trim() === '' || barPattern.test(text)) continue;
    const fill = isDim ? colors.dim : color;
    const length = ([...text].length * charWidth).toFixed(1);
    const weight = isBold ? ' font-weight="600"' : '';
    out += `<tspan x="${x.toFixed(1)}" fill="${fill}"${weight} textLength="${length}">${escaped(text)}</tspan>`;
  }
  return out;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
