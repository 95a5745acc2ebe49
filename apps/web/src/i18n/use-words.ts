import type { Words } from '@migaki/coco';
import { useTranslation } from 'react-i18next';
import { errorInLanguage, inLanguage, type Refusal, refusalInLanguage } from './words.ts';

/** What the server says, in the language that is shown. */
export function useWords() {
  const { language } = useTranslation().i18n;
  return {
    say: (words: Words) => inLanguage(words, language),
    sayRefusal: (refusal: Refusal) => refusalInLanguage(refusal, language),
    /** Undefined without an error, as fields of forms take it. */
    sayError: (error: unknown) =>
      error === null || error === undefined ? undefined : errorInLanguage(error, language),
  };
}
