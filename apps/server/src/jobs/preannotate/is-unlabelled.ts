import type { Image } from '@migaki/store';

/** Whether nothing on an image was drawn or accepted. */
export const isUnlabelled = ({
  objectCount,
  proposalCount,
}: Pick<Image, 'objectCount' | 'proposalCount'>): boolean => objectCount === proposalCount;
