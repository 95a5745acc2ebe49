// From the objects that are like one in the annotator back to it, with everything that its address held.

const addresses = new Map<number, string>();

export function rememberWayBack(annotationId: number, address: string): void {
  addresses.set(annotationId, address);
}

/** Undefined where nobody came from the annotator, or the page was loaded anew since. */
export const wayBackTo = (annotationId: number): string | undefined => addresses.get(annotationId);
