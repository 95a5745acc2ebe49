// Writes a comment. Ctrl and Enter send it, Escape gives it up.

import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface CommentFormProps {
  label: string;
  submitLabel: string;
  isBusy: boolean;
  /** The text of a comment that is edited. */
  start?: string;
  /** Answers when it is done; what fails leaves the text where it is. */
  onSubmit: (text: string) => Promise<unknown>;
  onCancel: () => void;
}

export function CommentForm(props: CommentFormProps) {
  const { label, submitLabel, isBusy, start = '', onSubmit, onCancel } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(start);
  const submit = () => {
    if (text.trim() === '' || isBusy) return;
    // Told already.
    onSubmit(text.trim()).then(onCancel, () => {});
  };
  return (
    <form
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        size="xs"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        aria-label={label}
        placeholder={label}
        value={text}
        autoFocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          else if (event.key === 'Escape') onCancel();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <Group gap={6} justify="flex-end">
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button size="compact-xs" type="submit" loading={isBusy} disabled={text.trim() === ''}>
          {submitLabel}
        </Button>
      </Group>
    </form>
  );
}
