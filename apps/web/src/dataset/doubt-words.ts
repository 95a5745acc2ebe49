// Why the proposals on a picture are doubtful, in a word or two and as a sentence.

import type { Doubt } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';

/** @param categories by their ids */
export function useDoubtWords(categories: ReadonlyMap<number, { name: string }>) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = (id: number | null) =>
    id === null ? '' : (categories.get(id)?.name ?? String(id));
  const say = (length: 'short' | 'sentence') => (doubt: Doubt) => {
    switch (doubt.reason) {
      case 'unsure':
        return t(`lookOver.doubts.${length}.unsure`, {
          score: format.number(Math.round(100 * doubt.score) / 100),
        });
      case 'rival':
        return t(`lookOver.doubts.${length}.rival`, {
          names: doubt.categoryIds.map(nameOf).join(' / '),
        });
      case 'duplicate':
        return t(`lookOver.doubts.${length}.duplicate`, { name: nameOf(doubt.categoryId) });
      case 'disagreement':
        return t(`lookOver.doubts.${length}.disagreement`, { models: doubt.others.join(', ') });
      case 'count':
        return t(`lookOver.doubts.${length}.count`, {
          name: nameOf(doubt.categoryId),
          found: format.count(doubt.count),
          usual: format.count(doubt.usual),
        });
    }
  };
  return { short: say('short'), sentence: say('sentence') };
}
