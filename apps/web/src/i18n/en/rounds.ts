// The texts of what models saved, and how good they became, in English.

export const rounds = {
  title: 'Rounds',
  empty: 'Nothing to tell yet',
  emptyAdvice:
    'This page tells what a model saved you and how good it has become. Label some pictures, train a model, and let it propose what is in the rest.',
  tiles: {
    time: 'Time saved per object',
    actions: 'Keys and strokes saved',
    slips: 'Mistakes that slip through',
    quality: 'Quality of the last model',
  },
  between: 'between {{low}} and {{high}} (95 %)',
  notMeasured: 'not measured yet',
  nothingLookedOver: 'no proposals looked over yet',
  insteadOf: '{{actions}} instead of {{fromScratch}}',
  noModel: 'no model yet',
  since: '{{metric}}, the first had {{before}}',
  labelsTitle: 'How the labels came to be',
  noLabels: 'There are no labels yet.',
  origins: {
    accepted: 'Accepted as proposed',
    corrected: 'Proposed and corrected',
    drawn: 'Drawn',
    imported: 'Imported',
  },
  actionsTitle: 'Keys and strokes',
  noActions:
    'Let a model propose (Shift+P) and look its proposals over (Shift+L). Then it says here how many keys that took, and how many drawing would have taken.',
  lookingOver_one: 'Looking over {{shown}} picture',
  lookingOver_other: 'Looking over {{shown}} pictures',
  acceptedAtOnce_one:
    '{{shown}} object was accepted together with those of other pictures: whether somebody looked at it is not known, so it is not counted here.',
  acceptedAtOnce_other:
    '{{shown}} objects were accepted on several pictures at once: whether somebody looked at them is not known, so they are not counted here.',
  fromScratch: 'Drawing the same: a stroke and a key per object',
  corrections: {
    accept: 'Right as proposed',
    reclass: 'Other category',
    nudge: 'Moved',
    reject: 'Rejected',
    draw: 'Drawn',
  },
  timeTitle: 'Time per object',
  seconds: '{{shown}} sec',
  withProposals_one: 'With proposals, {{shown}} picture',
  withProposals_other: 'With proposals, {{shown}} pictures',
  withoutProposals_one: 'Without, {{shown}} picture',
  withoutProposals_other: 'Without, {{shown}} pictures',
  saves:
    'Proposals save {{share}} of the time (95 %: {{low}} to {{high}}). Half of the pictures take less than {{each}} with them and {{alone}} without.',
  costs:
    'Proposals cost {{share}} more time (saved, 95 %: {{low}} to {{high}}). Half of the pictures take less than {{each}} with them and {{alone}} without.',
  tooFewTimed:
    'Too few to tell: time was recorded on {{assisted}} pictures with proposals and {{byHand}} without, and it takes {{least}} of each. Look over some more.',
  noTime:
    'To know how much time proposals save, let some pictures come without: “Measure what this saves” in the dialog Propose (Shift+P). What you then draw by hand is compared.',
  noneRecorded: 'No work time was recorded on this dataset.',
  recorded: '{{duration}} of work recorded on this dataset',
  slipsTitle: 'Mistakes that slip through',
  noMistakes:
    'To know how many wrong proposals get accepted, let some mistakes be slipped in: “Measure what this saves” in the dialog Propose (Shift+P).',
  noneJudged_one: 'One mistake is slipped in; its picture is not looked over yet.',
  noneJudged_other: '{{shown}} mistakes are slipped in; none of their pictures is looked over yet.',
  slipRate: '{{slipped}} of {{judged}} slipped through: {{share}} (95 %: {{low}} to {{high}}).',
  kinds: {
    overlooked: 'Left out',
    misplaced: 'Beside its object',
    swapped: 'Other category',
    invented: 'Where nothing is',
  },
  of: '{{part}} of {{whole}}',
  stillOpen_one: 'One more is on a picture that is not looked over yet.',
  stillOpen_other: '{{shown}} more are on pictures that are not looked over yet.',
  unseenTitle: 'The model where nobody saw its proposals',
  unseen:
    'What its proposals would have needed on pictures that were drawn by hand: {{finished}} of {{all}} so far.',
  slipped: 'Slipped through',
  slippedCount_one: 'A mistake slipped through',
  slippedCount_other: '{{shown}} mistakes slipped through',
  slippedExplained:
    'They were made wrong on purpose and accepted: on the left what stands, on the right what the model had found. Before anybody trains on the labels or exports them, they become proposals again.',
  nothingThere: 'Nothing there',
  putRight: 'Put right',
  putAllRight: 'Put all right',
  isRight: 'It is right',
  modelsTitle: 'Models, round by round',
  noRounds:
    'No model was made of this dataset yet. Train one, measure it, correct its proposals and retrain: each round stands here with its labels, work and quality.',
  explained:
    'Each model that was made from this dataset: how many pictures it learned from, how many labels the dataset had and how long people had worked by then, and how good it is on pictures that it has not seen.',
  model: 'Model',
  deletedModel: '{{name}} (deleted)',
  labels: 'Labels',
  pictures: 'Pictures',
  work: 'Work so far',
  training: 'Training',
  quality: 'Quality',
  qualityByRound: 'Quality by round',
  measuredOn: 'measured on the same version, {{version}}',
  validated: 'by the validation of its run',
  measured: 'by its evaluation',
  notRecorded: 'not recorded',
  line: {
    saves: 'Proposals save {{share}} of the time.',
    costs: 'Proposals cost {{share}} more time.',
    slips: '{{slipped}} of {{judged}} mistakes slip through ({{share}}).',
    soon: 'What proposals save is being measured.',
    more: 'Rounds',
  },
};
