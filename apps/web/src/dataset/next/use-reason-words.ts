// Why a picture was chosen to be labelled next, in a word or two each and as a sentence.

import type { ImageToLabel } from '@migaki/api';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';

export function useReasonWords() {
  const { t } = useTranslation();
  const format = useFormat();
  const say =
    (length: 'short' | 'sentence') =>
    ({ uncertainty, novelty }: ImageToLabel): string[] => [
      ...(uncertainty === null
        ? []
        : [t(`toLabel.${length}.unsure`, { share: format.percent(uncertainty) })]),
      t(`toLabel.${length}.unlike`, { share: format.percent(novelty) }),
    ];
  return { short: say('short'), sentence: say('sentence') };
}
