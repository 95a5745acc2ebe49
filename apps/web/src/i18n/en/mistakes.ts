// The texts of mistakes in labels in English.

export const mistakes = {
  title: 'Mistakes in labels',
  kinds: { overlooked: 'Overlooked', misplaced: 'Misplaced', swapped: 'Wrong category' },
  all: 'All',
  left_one: '{{shown}} left',
  left_other: '{{shown}} left',
  noLabel: 'No label',
  doubtHelp: 'How much {{model}} has to say against the label',
  learned:
    'The model was trained on this picture, with its labels as they were: it tends to agree with them, and more mistakes may go unnoticed.',
  open: 'Open in the annotator',
  take: { overlooked: 'Add the label', misplaced: 'Move it', swapped: 'Change the category' },
  dismiss: {
    overlooked: 'Nothing to label',
    misplaced: 'Label is right',
    swapped: 'Label is right',
  },
  takeIt: 'The model is right: correct the label',
  dismissIt: 'The label is right: never ask again',
  verdicts: { taken: 'Corrected', dismissed: 'Dismissed for good' },
  next: 'Next mistake',
  previous: 'Previous mistake',
  short: {
    next: 'next',
    previous: 'back',
    take: 'correct',
    dismiss: 'dismiss',
    open: 'open',
  },
  none: 'No doubts to look at',
  noneAdvice:
    'Let a model look at the labelled pictures: what it finds otherwise than it is labelled is listed here, the most doubtful first.',
  find: {
    title: 'Find mistakes in labels',
    button: 'Find mistakes',
    explained:
      'The model looks at every labelled picture. Objects without a label, labels beside their objects and labels of another category are listed; nothing is changed. What you have dismissed is not listed again.',
    modelHelp:
      'Best is one that was trained on other pictures: a model tends to agree with what it has learned.',
    leastDoubt: 'How doubtful a label has to be',
    leastDoubtHelp: 'Lower finds more mistakes, and more labels that are right.',
    start: 'Find mistakes',
    mayClose: 'You may close this; mistakes appear when all pictures were seen.',
  },
};
