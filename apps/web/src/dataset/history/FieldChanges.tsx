// What became of the fields of an image, one chip for each: `Status New → Done`, `Tags + night − wet`.

import type { FieldChange } from '@migaki/api';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { type Status, StatusIcon } from '../StatusIcon.tsx';
import { compareMembers } from './compare-members.ts';
import './history.css';

export function FieldChanges({ changes }: { changes: readonly FieldChange[] }) {
  const { t } = useTranslation();
  return changes.map((change) => (
    <span key={change.field} className="field-change">
      <span className="field-change-name">{t(`fields.${change.field}`)}</span>
      <FieldChangeValue {...change} />
    </span>
  ));
}

function FieldChangeValue({ field, before, after }: FieldChange) {
  const { t } = useTranslation();
  const format = useFormat();
  switch (field) {
    case 'status':
      return <Arrow from={<StatusName of={before} />} to={<StatusName of={after} />} />;
    case 'capturedAt': {
      const time = (value: unknown) => (value === null ? '–' : format.time(value as string));
      return <Arrow from={time(before)} to={time(after)} />;
    }
    case 'width':
    case 'height':
    case 'reviewed':
      return <Arrow from={String(before ?? '–')} to={String(after ?? '–')} />;
    case 'picture':
      return t(
        before === null ? 'fields.came' : after === null ? 'fields.went' : 'fields.replaced',
      );
    default: {
      const { added, removed, changed } = compareMembers(before, after);
      const signed = (sign: string, names: string[]) => names.map((name) => `${sign}\u2009${name}`);
      return [...signed('+', added), ...signed('−', removed), ...signed('±', changed)].join('  ');
    }
  }
}

function Arrow({ from, to }: { from: ReactNode; to: ReactNode }) {
  return (
    <>
      {from} <IconArrowNarrowRight size={14} aria-label="→" /> {to}
    </>
  );
}

function StatusName({ of }: { of: unknown }) {
  const { t } = useTranslation();
  const status = of as Status;
  return (
    <>
      <StatusIcon status={status} /> {t(`statuses.${status}`)}
    </>
  );
}
