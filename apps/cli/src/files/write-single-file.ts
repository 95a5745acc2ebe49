import type { OutputFile } from '@migaki/coco';
import { CliError } from '../cli-error.ts';
import { writeFileWhole } from './write-file.ts';

/**
 * Writes the one text that a format makes of a dataset, whole or not at all; pictures are left out.
 *
 * @throws CliError `output`, also where the format makes more than one text, or none
 */
export async function writeSingleFile(target: string, files: Iterable<OutputFile>): Promise<void> {
  async function* onlyText(): AsyncGenerator<string> {
    let first: string | undefined;
    for (const file of files) {
      if (!('text' in file)) continue;
      if (first !== undefined) {
        throw new CliError(
          'output',
          `${target}: expected one file to write, found ${first}, ${file.path} and maybe more. Name a folder.`,
        );
      }
      first = file.path;
      if (typeof file.text === 'string') yield file.text;
      else yield* file.text;
    }
    if (first === undefined) {
      throw new CliError(
        'output',
        `${target}: expected a text to write, found pictures alone. Name a folder.`,
      );
    }
  }
  await writeFileWhole(target, onlyText());
}
