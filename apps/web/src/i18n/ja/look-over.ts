// The texts of looking over what models propose, in Japanese.

export const lookOver = {
  doubts: {
    short: {
      unsure: '確信度 {{score}}',
      rival: '{{names}}？',
      duplicate: '重複：{{name}}',
      disagreement: '不一致',
      count: '{{name}} × {{found}}',
    },
    sentence: {
      unsure: '自信がない：最も低いスコアは {{score}} です。',
      rival: '差が小さい：同じオブジェクトが {{names}} として、ほぼ同じスコアで提案されています。',
      duplicate: 'ほぼ同じ枠：同じ {{name}} が二重にあります。',
      disagreement: '不一致：{{models}} は別のものと見ているか、何も見つけていません。',
      count: '数が異例：{{name}} が {{found}} 個あります（通常は {{usual}} 個）。',
    },
  },
};
