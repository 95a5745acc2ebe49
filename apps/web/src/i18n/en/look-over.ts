// The texts of looking over what models propose, in English.

export const lookOver = {
  doubts: {
    short: {
      unsure: 'Unsure {{score}}',
      rival: '{{names}}?',
      duplicate: 'Twice: {{name}}',
      disagreement: 'Disagreement',
      count: '{{found}} × {{name}}',
    },
    sentence: {
      unsure: 'Unsure: the lowest score is {{score}}.',
      rival: 'Low margin: one object is proposed as {{names}}, with nearly the same score.',
      duplicate: 'Near-duplicate boxes: one {{name}} is there twice.',
      disagreement: 'Disagreement: {{models}} sees something else, or nothing.',
      count: 'Odd count: {{found}} × {{name}}, where pictures usually have {{usual}}.',
    },
  },
};
