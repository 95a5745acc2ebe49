// The texts of what models saved, and how good they became, in Japanese.

import type { rounds as english } from '../en/rounds.ts';
import type { Texts } from '../en.ts';

export const rounds: Texts<typeof english> = {
  title: 'ラウンド',
  empty: 'まだ何もありません',
  emptyAdvice:
    'モデルでどれだけ手間が減り、モデルがどれだけ良くなったかをこのページに示します。何枚かにラベルを付けてモデルを学習し、残りを提案させてください。',
  tiles: {
    time: 'オブジェクトあたりの時間の節約',
    actions: '操作の節約',
    slips: '見逃された誤り',
    quality: '最新モデルの良さ',
  },
  between: '{{low}}～{{high}}（95 %）',
  notMeasured: '未測定',
  nothingLookedOver: '確認した提案がまだありません',
  insteadOf: '{{fromScratch}} 回が {{actions}} 回に',
  noModel: 'モデルがまだありません',
  since: '{{metric}}（最初は {{before}}）',
  labelsTitle: 'ラベルのでき方',
  noLabels: 'ラベルがまだありません。',
  origins: {
    accepted: '提案のまま承認',
    corrected: '提案を修正',
    drawn: '手で描いた',
    imported: '取り込み',
  },
  actionsTitle: 'キーとマウスの操作',
  noActions:
    'モデルに提案させ（Shift+P）、確認してください（Shift+L）。かかった操作の数と、すべて描いた場合の数をここに示します。',
  lookingOver_other: '確認（{{shown}} 枚）',
  acceptedAtOnce_other:
    '{{shown}} 個は複数の画像でまとめて承認されました。確認されたかどうかわからないため、ここには含めていません。',
  fromScratch: 'すべて描いた場合（1 つにつきマウス 1 回とキー 1 回）',
  corrections: {
    accept: '提案どおり',
    reclass: 'カテゴリ変更',
    nudge: '移動',
    reject: '却下',
    draw: '描き足し',
  },
  timeTitle: 'オブジェクトあたりの時間',
  seconds: '{{shown}} 秒',
  withProposals_other: '提案あり（{{shown}} 枚）',
  withoutProposals_other: '提案なし（{{shown}} 枚）',
  saves:
    '提案によって時間が {{share}} 減りました（95 %：{{low}}～{{high}}）。画像 1 枚の中央値は、提案ありで {{each}}、なしで {{alone}} です。',
  costs:
    '提案によって時間が {{share}} 増えました（節約、95 %：{{low}}～{{high}}）。画像 1 枚の中央値は、提案ありで {{each}}、なしで {{alone}} です。',
  tooFewTimed:
    'まだ判断できません。作業時間を記録した画像は、提案ありが {{assisted}} 枚、提案なしが {{byHand}} 枚で、それぞれ {{least}} 枚以上必要です。もう少し確認してください。',
  noTime:
    '提案でどれだけ時間が減るかを知るには、「提案」ダイアログ（Shift+P）の「効果を測る」で、一部の画像を提案なしにしてください。手で描いた画像と比べます。',
  noneRecorded: 'このデータセットでは作業時間が記録されていません。',
  recorded: 'このデータセットで記録した作業時間：{{duration}}',
  slipsTitle: '見逃された誤り',
  noMistakes:
    '間違った提案がどれだけ承認されるかを知るには、「提案」ダイアログ（Shift+P）の「効果を測る」で、誤りを混ぜてください。',
  noneJudged_other: '誤りを {{shown}} 件混ぜました。それらの画像はまだ確認されていません。',
  slipRate:
    '{{judged}} 件中 {{slipped}} 件が見逃されました：{{share}}（95 %：{{low}}～{{high}}）。',
  kinds: {
    overlooked: '見落とし',
    misplaced: '位置ずれ',
    swapped: 'カテゴリ違い',
    invented: '何もない場所',
  },
  of: '{{whole}} 件中 {{part}} 件',
  stillOpen_other: 'まだ確認されていない画像に、あと {{shown}} 件あります。',
  unseenTitle: '提案を見せずに比べたモデルの出来',
  unseen: '手で描いた画像で、提案に必要だったはずの修正です（{{all}} 枚中 {{finished}} 枚）。',
  slipped: '見逃された誤り',
  slippedCount_other: '見逃された誤りが {{shown}} 件あります',
  slippedExplained:
    'わざと間違えた提案が承認されたものです。左が現在のラベル、右がモデルの本来の結果です。ラベルを学習やエクスポートに使う前に、提案に戻されます。',
  nothingThere: '何もなし',
  putRight: '正しくする',
  putAllRight: 'すべて正しくする',
  isRight: 'このままで正しい',
  modelsTitle: 'ラウンドごとのモデル',
  noRounds:
    'このデータセットから作られたモデルはまだありません。学習し、評価し、提案を直して再学習すると、ラウンドごとのラベル、作業、良さがここに並びます。',
  explained:
    'このデータセットから作られたモデルごとに、学習した画像の数、その時点のラベル数と作業時間、見ていない画像での良さを示します。',
  model: 'モデル',
  deletedModel: '{{name}}（削除済み）',
  labels: 'ラベル',
  pictures: '画像',
  work: 'ここまでの作業',
  training: '学習時間',
  quality: '良さ',
  qualityByRound: 'ラウンドごとの良さ',
  measuredOn: '同じバージョン {{version}} で測定',
  validated: '学習時の検証による',
  measured: '評価による',
  notRecorded: '記録なし',
  line: {
    saves: '提案で時間が {{share}} 減っています。',
    costs: '提案で時間が {{share}} 増えています。',
    slips: '誤り {{judged}} 件中 {{slipped}} 件が見逃されました（{{share}}）。',
    soon: '提案の効果を測定しています。',
    more: 'ラウンド',
  },
};
