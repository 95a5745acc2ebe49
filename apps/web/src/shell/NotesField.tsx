// Free text that is saved when it is left.

import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/use-words.ts';

interface NotesFieldProps {
  /** What the notes are of, where a page has several. */
  label?: string;
  notes: string;
  placeholder: string;
  onSave: (notes: string) => Promise<unknown>;
}

export function NotesField({ label, notes, placeholder, onSave }: NotesFieldProps) {
  const { t } = useTranslation();
  const { sayError } = useWords();
  const [typed, setTyped] = useState(notes);
  const save = useMutation({ mutationFn: onSave });
  useEffect(() => setTyped(notes), [notes]);
  return (
    <Textarea
      label={label ?? t('notes.title')}
      placeholder={placeholder}
      description={save.isPending ? t('notes.saving') : t('notes.help')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => typed !== notes && save.mutate(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
      }}
      error={sayError(save.error)}
      autosize
      minRows={2}
      maxRows={12}
    />
  );
}
