// Leads to where something waits.

import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import type { Waiting } from './waiting.ts';

interface WaitingLinkProps extends ComponentProps<'a'> {
  waiting: Waiting;
}

export function WaitingLink({ waiting, ...props }: WaitingLinkProps) {
  const datasetId = String(waiting.datasetId);
  if (waiting.imageId === null) {
    return <Link {...props} to="/datasets/$datasetId/images" params={{ datasetId }} />;
  }
  const params = { datasetId, imageId: String(waiting.imageId) };
  return <Link {...props} to="/datasets/$datasetId/annotate/$imageId" params={params} />;
}
