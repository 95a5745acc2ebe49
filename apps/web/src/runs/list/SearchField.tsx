// A text that narrows a list while it is typed.

import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useState } from 'react';

const typingMillis = 250;

interface SearchFieldProps {
  ref: Ref<HTMLInputElement>;
  label: string;
  width: number;
  /** What the address says. */
  value: string | undefined;
  onChange: (text: string | undefined) => void;
}

export function SearchField({ ref, label, width, value = '', onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const ask = useDebouncedCallback(
    (text: string) => onChange(text.trim() || undefined),
    typingMillis,
  );
  // The address was changed elsewhere, as by the browser's way back.
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      ref={ref}
      size="xs"
      w={width}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={14} />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        ask(currentTarget.value);
      }}
    />
  );
}
