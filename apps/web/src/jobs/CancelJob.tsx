import { Button } from '@mantine/core';
import type { Job } from '@migaki/api';
import { client } from '../server/client.ts';
import { notifyError } from '../shell/ErrorView.tsx';
import { isActive } from './job-state.ts';

/** Ends a job; nothing where it has ended. */
export const CancelJob = ({ job, label }: { job: Job; label: string }) =>
  isActive(job) && (
    <Button
      variant="subtle"
      color="red"
      onClick={() => client.cancelJob({ params: { jobId: job.id } }).catch(notifyError)}
    >
      {label}
    </Button>
  );
