// The summary as a Markdown page with a picture beside it: what each of the two models finds on the same pictures.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, Judgement, Outcome, Routes } from '@migaki/api';
import sharp from 'sharp';
import type { RoundResult } from './round.ts';
import { summaryPage } from './summary.ts';

const pictureCount = 3;
/** Pixels; a row has the same picture twice. */
const [cellWidth, gap, titleHeight] = [560, 8, 34];
/** Of what is found, by what became of it. What was missed is drawn white and dashed. */
const colourOf = {
  matched: '#37d67a',
  background: '#ff4d4f',
  duplicate: '#ff4d4f',
  'wrong class': '#ffa940',
  'badly placed': '#ffa940',
} as const satisfies Partial<Record<Outcome, string>>;

/** @returns the path of the page */
export async function keepSummary(
  client: Client<Routes>,
  result: RoundResult,
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const name = result.datasetName.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const picture = await sideBySide(client, result);
  if (picture !== null) await writeFile(join(folder, `${name}.png`), picture);
  const path = join(folder, `${name}.md`);
  await writeFile(path, summaryPage(result, picture === null ? null : `${name}.png`));
  return path;
}

/** Those on which the models differ most come first; null where no picture can be shown. */
async function sideBySide(
  client: Client<Routes>,
  { before, after }: RoundResult,
): Promise<Buffer | null> {
  const { items } = await client.compareEvaluations({
    params: { evaluationId: after.evaluationId },
    query: { other: before.evaluationId, limit: pictureCount },
  });
  const rows: Row[] = [];
  for (const { imageId, image } of items) {
    if (image === null || image.sha256 === null) continue;
    const response = await client.getPicture({ params: { sha256: image.sha256 }, query: {} });
    const height = Math.round((cellWidth * image.height) / image.width);
    const pixels = await sharp(Buffer.from(await response.arrayBuffer()))
      .rotate()
      .resize(cellWidth, height, { fit: 'fill' })
      .png()
      .toBuffer();
    const cells = [before, after].map(async ({ evaluationId }) => {
      const found = await client.listJudgements({
        params: { evaluationId },
        query: { imageId, limit: 500 },
      });
      return drawingOf(found.items, cellWidth / image.width, height);
    });
    rows.push({ height, pixels, drawings: await Promise.all(cells) });
  }
  return rows.length === 0 ? null : sheetOf(rows, [before.name, after.name]);
}

interface Row {
  height: number;
  pixels: Buffer;
  /** SVG, of one model each. */
  drawings: Buffer[];
}

/** @param scale from pixels of the picture to those of the drawing */
function drawingOf(found: readonly Judgement[], scale: number, height: number): Buffer {
  const rectangle = (corners: readonly number[], style: string): string => {
    const [left, top, right, bottom] = corners.map((each) => Math.round(each * scale * 10) / 10);
    return `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" ${style}/>`;
  };
  const boxes = found.flatMap(({ outcome, predictedBox, trueBox }) => {
    const colour = colourOf[outcome as keyof typeof colourOf];
    if (predictedBox !== null && colour !== undefined) {
      return rectangle(predictedBox, `stroke="${colour}" stroke-width="2.5"`);
    }
    if (outcome !== 'missed' || trueBox === null) return [];
    return (
      rectangle(trueBox, 'stroke="#000" stroke-width="3" stroke-opacity="0.4"') +
      rectangle(trueBox, 'stroke="#fff" stroke-width="1.5" stroke-dasharray="5 3"')
    );
  });
  return svgOf(cellWidth, height, boxes.join(''));
}

/** A row each, a column for each model under its name. */
function sheetOf(rows: readonly Row[], names: readonly string[]): Promise<Buffer> {
  const leftOf = (column: number) => gap + column * (cellWidth + gap);
  const width = leftOf(names.length);
  const parts = [];
  let top = titleHeight;
  for (const { height, pixels, drawings } of rows) {
    for (const [column, input] of drawings.entries()) {
      const place = { left: leftOf(column), top };
      parts.push({ input: pixels, ...place }, { input, ...place });
    }
    top += height + gap;
  }
  const titles = names.map(
    (name, column) =>
      `<text x="${leftOf(column)}" y="23" font-family="sans-serif" font-size="16" fill="#e6e8ec">${escaped(name)}</text>`,
  );
  const heads = { input: svgOf(width, titleHeight, titles.join('')), left: 0, top: 0 };
  return sharp({ create: { width, height: top, channels: 3, background: '#1c2028' } })
    .composite([heads, ...parts])
    .png()
    .toBuffer();
}

const svgOf = (width: number, height: number, content: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
  );

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
