import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CocoError } from '../../coco-error.ts';
import { parseXml, type XmlElement, type XmlEvent, xmlEvents } from './parse.ts';
import { writeXml, XML_DECLARATION, type XmlNode } from './write.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseXml(encode(text), 'a.xml');

/** `name(attribute=value)[child, child]'text'`: a tree in one line, for comparing. */
function show(element: XmlElement): string {
  const attributes = [...element.attributes].map(([name, value]) => `${name}=${value}`).join(' ');
  const children = element.children.map(show).join(', ');
  return `${element.name}${attributes && `(${attributes})`}${children && `[${children}]`}${element.text.trim() && `'${element.text}'`}`;
}

test('elements, attributes in both quotes, text and empty elements make a tree', () => {
  assert.equal(
    show(parse(`<?xml version="1.0"?>\n<a x = "1" y='"2"'><b/><c >text</c\n></a>\n`)),
    `a(x=1 y="2")[b, c'text']`,
  );
});

test('references, CDATA, comments and processing instructions are understood', () => {
  assert.equal(
    show(parse("<a x='&lt;&#65;&quot;'>&amp;&#x732B;<!-- <b> --><?php <c> ?><![CDATA[<&>]]></a>")),
    `a(x=<A")'&猫<&>'`,
  );
});

test('line ends and white space in attributes are handed on as XML says', () => {
  const root = parse("<a x='1\t2\r\n3&#10;'>1\r\n2\r3&#13;\t</a>");
  assert.equal(root.attributes.get('x'), '1 2 3\n');
  assert.equal(root.text, '1\n2\n3\r\t');
});

test('every element knows its line and column', () => {
  const root = parse("<a>\n  <b/>\n\n <c x='\n'/></a>");
  assert.deepEqual(
    root.children.map(({ line, column }) => [line, column]),
    [
      [2, 3],
      [4, 2],
    ],
  );
});

test('UTF-8 and UTF-16 with a byte order mark are read', () => {
  const text = "<猫 名='毛 😺'/>";
  const utf16 = (isLittleEndian: boolean) => {
    const bytes = new Uint8Array(2 + text.length * 2);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xfeff, isLittleEndian);
    for (let i = 0; i < text.length; i++)
      view.setUint16(2 + 2 * i, text.charCodeAt(i), isLittleEndian);
    return bytes;
  };
  for (const bytes of [encode(text), encode(`\ufeff${text}`), utf16(true), utf16(false)]) {
    assert.equal(show(parseXml(bytes, 'a.xml')), '猫(名=毛 😺)');
  }
});

const malformed: [text: string, message: RegExp][] = [
  ['', /a\.xml:1:1: expected an element, found the end of the file/],
  ['  <!-- nothing -->\n', /a\.xml:2:1: expected an element, found the end/],
  ['hello', /a\.xml:1:1: expected an element, found "hello"/],
  ['<a>\n<b></a>', /a\.xml:2:4: expected <\/b>, opened in line 2, found "<\/a>"/],
  ['<a>\n<b>', /a\.xml:2:4: expected <\/b> .*line 2, found the end of the file/],
  ['</a>', /a\.xml:1:1: expected an opening tag, found "<\/a>"/],
  ['<a/><b/>', /a\.xml:1:5: expected the end of the file .* found a second one/],
  ['<a/>tail', /a\.xml:1:5: expected an element, found "tail"/],
  ['<a', /a\.xml:1:1: expected > at the end of a tag, found the end/],
  ['<a></a', /a\.xml:1:4: expected > at the end of a tag/],
  ["<a x='1>\n</a>", /a\.xml:1:6: expected a closing ', found the end/],
  ['<a\n x=1/>', /a\.xml:1:3: expected name="value".* in <a>, found " x=1\/>"/],
  ["<a x='1'y='2'/>", /a\.xml:1:9: expected name="value"/],
  ["<a x='1' x='2'/>", /a\.xml:1:10: expected one attribute x in <a>, found a second one/],
  ["<a x='<'/>", /a\.xml:1:3: expected name="value"/],
  ['<1/>', /a\.xml:1:1: expected the name of an element after <, found "<1\/>"/],
  ['<a>x & y</a>', /a\.xml:1:6: expected &amp;, .* found "& y"/],
  ["<a x='12&nbsp;'/>", /a\.xml:1:9: expected &amp;, .* found "&nbsp;"/],
  ['<a>&#0;</a>', /found "&#0;"/],
  ['<a>&#xD800;</a>', /found "&#xD800;"/],
  ['<a>&#x110000;</a>', /found "&#x110000;"/],
  ['<a>\r\nx]]></a>', /a\.xml:2:2: expected \]\]&gt; in text/],
  ['<a><!-- -- --></a>', /a\.xml:1:9: expected a comment without --/],
  ['<a><!-- ', /a\.xml:1:4: expected --> at the end of a comment/],
  ['<a><![CDATA[', /expected \]\]> at the end of CDATA/],
  ['<![CDATA[]]><a/>', /expected CDATA inside an element/],
  ['<a><?', /expected \?> at the end of <\?/],
  ['<a><? x?></a>', /expected a name after <\?/],
  ["\n<?xml version='1.0'?><a/>", /a\.xml:2:1: expected <\?xml only at the very start/],
  ['<a>\n\u0001</a>', /a\.xml:2:1: expected a character of XML, found U\+0001/],
  ['<a/>\0\0\0', /a\.xml:1:5: expected a character of XML, found U\+0000/],
  ['<a><!DOCTYPE a></a>', /expected a DOCTYPE before the first element/],
  ["<!DOCTYPE a SYSTEM 'a.dtd", /expected > at the end of DOCTYPE/],
  ['<?xml version="1.0" encoding="Shift_JIS"?><a/>', /a\.xml: .* found the encoding "Shift_JIS"/],
];

for (const [text, message] of malformed) {
  test(`malformed text is refused: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parse(text),
      (error) =>
        error instanceof CocoError &&
        error.code === 'bad-format-input' &&
        message.test(error.message),
    );
  });
}

test('a plain DOCTYPE is passed over, and nothing that it names is fetched or expanded', () => {
  assert.equal(show(parse('<!DOCTYPE a PUBLIC \'>\' "a.dtd"><a/>')), 'a');
  assert.throws(() => parse("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&x;</a>"), /found "&x;"/);
});

test('a file that declares entities is refused before any is used', () => {
  const laughs = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`;
  assert.throws(
    () => parse(laughs),
    /a\.xml:1:13: expected a file without declarations of its own, found a DOCTYPE with some/,
  );
});

test('elements nested too deeply are refused', () => {
  assert.equal(parse('<a>'.repeat(100) + '</a>'.repeat(100)).name, 'a');
  assert.throws(
    () => parse('<a>'.repeat(1e6)),
    /a\.xml:1:304: expected elements at most 100 levels deep, found <a> below that/,
  );
});

test('bytes that are not UTF-8 are refused with their place', () => {
  assert.throws(
    () => parseXml(new Uint8Array([0x3c, 0x61, 0x3e, 0xff]), 'a.xml'),
    /a\.xml: expected UTF-8 text, found other bytes between byte 0 and byte 4/,
  );
});

test('a character cut in half at the end of the file is refused', () => {
  assert.throws(() => parseXml(encode('<a>猫').slice(0, -1), 'a.xml'), /expected UTF-8 text/);
});

test("tokens far longer than the reader's window are read whole", () => {
  const long = '猫12,34;'.repeat(100_000);
  const root = parse(`<a><b x="${long}"/>${long}<![CDATA[${long}]]><!--${long}--></a>`);
  assert.equal(root.children[0]!.attributes.get('x'), long);
  assert.equal(root.text, long + long);
});

test('events come one by one, before the end of the file is looked at', () => {
  const text = `<a>${'<b/>'.repeat(50_000)}<broken`;
  let opened = 0;
  assert.throws(() => {
    for (const event of xmlEvents(encode(text), 'a.xml')) if (event.kind === 'open') opened++;
  }, /found the end of the file/);
  assert.equal(opened, 50_001);
});

// Names and values as cruel as XML allows.
const xmlName = fc.stringMatching(/^[A-Za-z_猫][A-Za-z0-9._猫-]{0,6}$/);
const xmlText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'<>&"\' \t\r\n]-😺猫'),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
});
const xmlNode = fc.letrec<{ node: XmlNode }>((tie) => ({
  node: fc
    .record({
      name: xmlName,
      attributes: fc.dictionary(xmlName, xmlText, { noNullPrototype: true }),
      content: fc.oneof(
        { depthSize: 'small' },
        fc.record({ text: xmlText }),
        fc.record({ children: fc.array(tie('node'), { minLength: 1, maxLength: 4 }) }),
      ),
    })
    .map(({ content, ...node }) => ({ ...node, ...content })),
})).node;

function same(element: XmlElement, node: XmlNode): void {
  assert.equal(element.name, node.name);
  assert.deepEqual(Object.fromEntries(element.attributes), { ...node.attributes });
  if (node.children === undefined) assert.equal(element.text, node.text);
  assert.equal(element.children.length, node.children?.length ?? 0);
  element.children.forEach((child, i) => {
    same(child, node.children![i]!);
  });
}

test('what writeXml writes is read back the same', () => {
  fc.assert(
    fc.property(xmlNode, (node) => {
      same(parse(XML_DECLARATION + writeXml(node)), node);
    }),
  );
});

test('characters that XML cannot hold are replaced, and the file stays readable', () => {
  const root = parse(
    writeXml({ name: 'a', attributes: { x: '\u0000\ud800b' }, text: '\u001f\uffff' }),
  );
  assert.equal(root.attributes.get('x'), '��b');
  assert.equal(root.text, '��');
});

test('files damaged anywhere are either read or refused with a CocoError', () => {
  const splice = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(6),
    inserted: fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '</a>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '&',
        '&#x;',
        '<?',
        '"',
        "'",
      ),
      fc.string({ maxLength: 3 }),
    ),
  });
  fc.assert(
    fc.property(xmlNode, fc.array(splice, { minLength: 1, maxLength: 4 }), (node, splices) => {
      let text = XML_DECLARATION + writeXml(node);
      for (const { at, removed, inserted } of splices) {
        const index = Math.floor(at * text.length);
        text = text.slice(0, index) + inserted + text.slice(index + removed);
      }
      try {
        const events: XmlEvent[] = [...xmlEvents(encode(text), 'a.xml')];
        assert.ok(events.length >= 2);
      } catch (error) {
        assert.ok(error instanceof CocoError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test('random bytes are refused with a CocoError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      assert.throws(() => parseXml(bytes, 'a.xml'), CocoError);
    }),
  );
});

test('line and column are right in a file of many windows and in one of a single line', () => {
  const lines = '<b>x</b>\n'.repeat(40_000);
  assert.throws(() => parse(`<a>\n${lines} <c></d>`), /a\.xml:40002:5: expected <\/c>/);
  const line = '<b>x</b>'.repeat(40_000);
  assert.throws(() => parse(`<a>${line}<c></d>`), /a\.xml:1:320007: expected <\/c>/);
});
