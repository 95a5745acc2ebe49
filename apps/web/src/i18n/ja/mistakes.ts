// The texts of mistakes in labels in Japanese.

import type { mistakes as english } from '../en/mistakes.ts';
import type { Texts } from '../en.ts';

export const mistakes: Texts<typeof english> = {
  title: 'ラベルの誤り',
  kinds: { overlooked: '見落とし', misplaced: '位置ずれ', swapped: 'カテゴリ違い' },
  all: 'すべて',
  left_other: '残り {{shown}} 件',
  noLabel: 'ラベルなし',
  doubtHelp: '{{model}} がこのラベルを疑う度合い',
  learned:
    'モデルはこの画像を当時のラベルで学習しています。ラベルに同意しがちなので、気づかれない誤りが増えることがあります。',
  open: 'アノテーターで開く',
  take: { overlooked: 'ラベルを追加', misplaced: '位置を直す', swapped: 'カテゴリを変更' },
  dismiss: {
    overlooked: 'ラベルは不要',
    misplaced: 'ラベルが正しい',
    swapped: 'ラベルが正しい',
  },
  takeIt: 'モデルが正しい：ラベルを直す',
  dismissIt: 'ラベルが正しい：今後は表示しない',
  verdicts: { taken: '修正しました', dismissed: '今後は表示しません' },
  next: '次の誤り',
  previous: '前の誤り',
  short: {
    next: '次',
    previous: '前',
    take: '修正',
    dismiss: '却下',
    open: '開く',
  },
  none: '確認待ちの疑いはありません',
  noneAdvice:
    'ラベル付きの画像をモデルに調べさせると、ラベルと食い違うものが疑わしい順にここに並びます。',
  find: {
    title: 'ラベルの誤りを探す',
    button: '誤りを探す',
    explained:
      'モデルがラベル付きの画像をすべて調べ、ラベルのないオブジェクト、位置のずれたラベル、カテゴリの違うラベルを並べます。何も変更しません。一度「ラベルが正しい」としたものは再び表示しません。',
    modelHelp: '別の画像で学習したモデルが最適です。モデルは学習したラベルに同意しがちです。',
    leastDoubt: '疑わしさの下限',
    leastDoubtHelp: '低くすると誤りが多く見つかりますが、正しいラベルも多く混じります。',
    start: '誤りを探す',
    mayClose: '閉じてもかまいません。すべての画像を調べ終えると表示されます。',
  },
};
