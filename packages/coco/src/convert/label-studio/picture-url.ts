// How Label Studio's tasks name pictures: with the URL under which its server shows them.

import { phrase } from '../../phrase.ts';
import { baseNameOf, isPicturePath, safePath } from '../safe-path.ts';
import { badInput, shown } from '../text-file.ts';

/** Local storage (https://labelstud.io/guide/storage#Local-storage): paths below the folder that the server may show. */
const localFiles = '/data/local-files/?d=';

/** @example pictureUrl('train/写真.jpg'); // '/data/local-files/?d=train/%E5%86%99%E7%9C%9F.jpg' */
export function pictureUrl(fileName: string): string {
  return localFiles + fileName.split('/').map(encodeURIComponent).join('/');
}

/**
 * What the dataset calls the picture: the path of the URL, without server, bucket and the folders of Label Studio itself.
 *
 * @throws CocoError for a picture that is in the URL itself, and for a path that leads out of the dataset.
 *
 * @example
 * fileNameFromUrl('/data/upload/3/1a2b3c4d-cat.jpg', 'tasks.json[0]'); // '1a2b3c4d-cat.jpg'
 * fileNameFromUrl('s3://bucket/train/cat.jpg?versionId=1', 'tasks.json[0]'); // 'train/cat.jpg'
 */
export function fileNameFromUrl(url: string, where: string): string {
  if (url.startsWith('data:'))
    throw badInput(where, phrase`the URL of a picture`, phrase`the picture itself`);
  if (url.includes(localFiles)) {
    const [name] = url.slice(url.indexOf(localFiles) + localFiles.length).split('&');
    return safePath(decoded(name));
  }
  const remote = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/(.*)$/i.exec(url);
  // A bare path is a path: `?` and `%` are characters of it like others.
  if (remote === null && !url.startsWith('/')) return safePath(url);
  const path = decoded((remote?.[1] ?? url).replace(/[?#].*$/, ''));
  return safePath(path.replace(/^\/+/, '').replace(/^data\/upload\/(?:\d+\/)?/, ''));
}

/** Uploads get eight digits and a hyphen before their name, which the picture in a folder may not have. */
export function withoutUploadPrefix(fileName: string): string {
  const base = baseNameOf(fileName);
  const folder = fileName.slice(0, fileName.length - base.length);
  return folder + base.replace(/^[0-9a-f]{8}-/, '');
}

/** The field of a task's data that names its picture. */
export function pictureField(
  data: Record<string, unknown>,
  where: string,
): [field: string, url: string] {
  const texts = Object.entries(data).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string' && entry[1] !== '';
  });
  const isPicture = ([, text]: [string, string]) => isPicturePath(text.replace(/[?#].*$/, ''));
  const found = texts.find(([field]) => field === 'image') ?? texts.find(isPicture) ?? texts[0];
  if (found === undefined)
    throw badInput(`${where}.data`, phrase`the URL of a picture`, shown(data));
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}
