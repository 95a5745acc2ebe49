// What the server says, in the language that is shown. It says it in English, with what fills the holes apart; a language
// has its words for each English one in a table. What is in no table is data, and stays as it is.

import type { ApiError } from '@migaki/api';
import { type Fault, faultPhrase, fill, type Words } from '@migaki/coco';
import i18next from 'i18next';
import { phrasesInJapanese } from './phrases-ja.ts';

const tables: Record<string, Readonly<Record<string, string>>> = { ja: phrasesInJapanese };

/** @example inLanguage({ template: '{0} files', values: [1200] }, 'ja') // '1,200 ファイル' */
export function inLanguage(words: Words | number, language: string): string {
  if (typeof words === 'number') return words.toLocaleString(language);
  const said = (english: string): string =>
    Object.hasOwn(tables, language) && Object.hasOwn(tables[language], english)
      ? tables[language][english]
      : english;
  return typeof words === 'string'
    ? said(words)
    : fill(said(words.template), words.values, (value) => inLanguage(value, language));
}

/** One sentence that says what went wrong. */
export function errorInLanguage(error: unknown, language: string): string {
  if (!(error instanceof Error)) return String(error);
  return 'details' in error
    ? refusalInLanguage((error as ApiError).details, language)
    : error.message;
}

/** What the API answers for a call, and a job for its failure. */
export interface Refusal extends Partial<Record<keyof Fault, Words>> {
  /** In English. */
  message: string;
}

export function refusalInLanguage(refusal: Refusal, language: string): string {
  return isFault(refusal)
    ? inLanguage(faultPhrase(refusal), language)
    : inLanguage(refusal.message, language);
}

const isFault = (refusal: Refusal): refusal is Refusal & Fault =>
  refusal.expected !== undefined && refusal.found !== undefined;

/** For what is told beside the page, when no component is at hand. */
export const errorText = (error: unknown): string => errorInLanguage(error, i18next.language);

export const refusalText = (refusal: Refusal): string =>
  refusalInLanguage(refusal, i18next.language);
