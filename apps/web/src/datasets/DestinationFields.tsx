// Into which dataset something goes: one that is there, or a new one and its name.

import { Select, TextInput } from '@mantine/core';
import type { DatasetSummary } from '@migaki/api';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export const newDataset = 'new';

export interface Destination {
  /** The id of a dataset, `newDataset`, or nothing chosen. */
  target: string | null;
  name: string;
}

interface DestinationFieldsProps extends Destination {
  label: string;
  datasets: readonly DatasetSummary[];
  /** Also those that cannot be chosen. */
  takenNames: ReadonlySet<string>;
  /** Whether a dialog begins here. */
  isFirst?: boolean;
  onTarget: (target: string | null) => void;
  onName: (name: string) => void;
}

export function DestinationFields(props: DestinationFieldsProps) {
  const { label, datasets, takenNames, target, name, isFirst, onTarget, onName } = props;
  const { t } = useTranslation();
  const nameField = useRef<HTMLInputElement>(null);
  const isChosenHere = useRef(false);
  // Who has just chosen a new one types its name next.
  useEffect(() => {
    if (target === newDataset && isChosenHere.current) nameField.current?.focus();
  }, [target]);
  return (
    <>
      <Select
        label={label}
        data={[
          { value: newDataset, label: t('import.newDataset') },
          ...datasets.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={target}
        onChange={(chosen) => {
          isChosenHere.current = true;
          onTarget(chosen);
        }}
        allowDeselect={false}
        searchable
        data-autofocus={isFirst}
      />
      {target === newDataset && (
        <TextInput
          ref={nameField}
          label={t('datasets.name')}
          value={name}
          onChange={({ currentTarget }) => onName(currentTarget.value)}
          error={takenNames.has(name.trim()) && t('import.nameTaken')}
          maxLength={200}
          required
        />
      )}
    </>
  );
}

/** What the server is told; null as long as that is not decided. */
export function destinationOf(
  { target, name }: Destination,
  takenNames: ReadonlySet<string>,
): { datasetId: number } | { newDataset: string } | null {
  if (target === null) return null;
  if (target !== newDataset) return { datasetId: Number(target) };
  const trimmed = name.trim();
  return trimmed === '' || takenNames.has(trimmed) ? null : { newDataset: trimmed };
}
