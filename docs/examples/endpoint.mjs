// A model behind HTTP, as small as one can be: what stands out from the colour of a picture's corner is one object. Put your own
// model in place of `find`. It speaks COCO as docs/endpoints.md says.
//
//   node docs/examples/endpoint.mjs 8000
//   npx migaki preannotate cells --endpoint http://127.0.0.1:8000

import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';

const category = { id: 1, name: process.argv[3] ?? 'object' };
/** How much a pixel differs from the background, 0 to 255, to belong to the object. */
const leastContrast = 40;

/** The file of a picture → COCO results, boxes as [x, y, width, height] in pixels. */
async function find(file) {
  const { data, info } = await sharp(file)
    .autoOrient()
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, channels } = info;
  let [left, top, right, bottom] = [width, info.height, -1, -1];
  for (let at = 0; at < data.length; at += channels) {
    if (Math.abs(data[at] - data[0]) < leastContrast) continue;
    const pixel = at / channels;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return [];
  return [
    { category_id: category.id, bbox: [left, top, right - left + 1, bottom - top + 1], score: 0.9 },
  ];
}

const server = createServer(async (request, response) => {
  try {
    const annotations = await find(await buffer(request));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ categories: [category], annotations }));
  } catch (error) {
    // 4xx: this picture alone is left out, and the reason is shown. 503: ask again later.
    response.writeHead(422).end(JSON.stringify({ error: error.message }));
  }
});
server.listen(Number(process.argv[2] ?? 8000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
