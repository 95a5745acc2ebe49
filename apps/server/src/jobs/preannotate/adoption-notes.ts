import { type Phrase, phrase } from '@migaki/coco';

/** What a job tells of the categories that its dataset got of what proposes; nothing where it had some. */
export const adoptionNotes = (
  names: readonly string[],
): { feature: Phrase; count: number; example: string }[] =>
  names.length === 0
    ? []
    : [
        {
          feature: phrase`categories taken over from the model, as the dataset had none`,
          count: names.length,
          example: names.join(', '),
        },
      ];
