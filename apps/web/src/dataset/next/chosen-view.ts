import type { View } from '../../server/queries.ts';

/** The pictures that were chosen to be labelled next, the best first. */
export const chosenView = (count: number) => ({ q: `next<=${count}`, sort: 'next' }) satisfies View;
