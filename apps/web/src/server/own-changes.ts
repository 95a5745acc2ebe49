/**
 * Told with changes of which the sender lets the pages know by itself, so that the news of them need not fetch everything
 * once more.
 */
export const ownSession: string = crypto.randomUUID();
