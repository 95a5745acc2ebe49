import { phrase } from '@migaki/coco';
import { type ImageStatus, imageStatuses } from '../database/tables.ts';
import { StoreError } from '../store-error.ts';

/** @throws StoreError `bad-edit` for what is no status */
export function checkedStatus(status: ImageStatus, where?: string): ImageStatus {
  if (imageStatuses.includes(status)) return status;
  throw new StoreError('bad-edit', {
    where,
    expected: phrase`one of ${imageStatuses.join(', ')}`,
    found: JSON.stringify(status),
  });
}
