// The four states of a picture: shape and colour both tell which.

import type { ImageSummary } from '@migaki/api';
import {
  IconCircleCheckFilled,
  IconCircleDashed,
  IconEye,
  IconProgress,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export type Status = ImageSummary['status'];
export const statuses: readonly Status[] = ['new', 'in_progress', 'review', 'done'];

/** Shift with the letter: digits are for categories. */
export const statusKeys = {
  new: 'shift+n',
  in_progress: 'shift+p',
  review: 'shift+r',
  done: 'shift+d',
} as const satisfies Record<Status, string>;

const looks = {
  new: { icon: IconCircleDashed, color: 'var(--mantine-color-dimmed)' },
  in_progress: { icon: IconProgress, color: 'var(--mantine-color-blue-5)' },
  review: { icon: IconEye, color: 'var(--mantine-color-orange-5)' },
  done: { icon: IconCircleCheckFilled, color: 'var(--mantine-color-teal-6)' },
} as const;

export function StatusIcon({ status, size = 14 }: { status: Status; size?: number }) {
  const { t } = useTranslation();
  const { icon: Icon, color } = looks[status];
  return <Icon size={size} color={color} aria-label={t(`statuses.${status}`)} role="img" />;
}
