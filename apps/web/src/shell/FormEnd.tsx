// The end of a form: what went wrong, the way out, and what it does.

import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';
import './form-end.css';

interface FormEndProps {
  label: string;
  /** Of the last attempt. */
  error: Error | null;
  isPending: boolean;
  isReady?: boolean;
  onCancel: () => void;
  /** What is to be seen before it does it. */
  note?: ReactNode;
  /** What else it can do. */
  children?: ReactNode;
}

export function FormEnd({
  label,
  error,
  isPending,
  isReady = true,
  onCancel,
  note,
  children,
}: FormEndProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  return (
    <>
      {error !== null && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert">
          {sayError(error)}
        </Alert>
      )}
      <Group justify="flex-end" className="form-end">
        {note !== undefined && <div className="form-end-note">{note}</div>}
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        {children}
        <Button type="submit" disabled={!isReady} loading={isPending}>
          {label}
        </Button>
      </Group>
    </>
  );
}
