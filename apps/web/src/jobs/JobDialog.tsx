// A dialog that starts a job and then follows it.

import { Modal } from '@mantine/core';
import type { Job } from '@migaki/api';
import { type ReactNode, useEffect, useState } from 'react';
import { noteNewJob } from '../server/queries.ts';
import { FollowedJob } from './FollowedJob.tsx';

interface JobDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What is asked before, which hands over the job once it is queued. */
  form: (onStarted: (job: Job) => void) => ReactNode;
  /** Said while the job goes on. */
  hint: string;
  /** What came of it in words of its own, beside what any job says of itself. */
  outcome?: (job: Job) => ReactNode;
  /** What can be done with what came of it. */
  next: (job: Job) => ReactNode;
}

export function JobDialog({ title, isOpen, onClose, form, hint, outcome, next }: JobDialogProps) {
  const [jobId, setJobId] = useState<string | null>(null);
  useEffect(() => {
    if (isOpen) setJobId(null);
  }, [isOpen]);
  const follow = (job: Job) => {
    noteNewJob(job);
    setJobId(job.id);
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="lg">
      {jobId === null ? (
        form(follow)
      ) : (
        <FollowedJob jobId={jobId} hint={hint} outcome={outcome} next={next} onClose={onClose} />
      )}
    </Modal>
  );
}
