import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  /** What there is none of. */
  title: string;
  /** What one can do about it. */
  advice: string;
  /** The buttons for that. */
  children?: ReactNode;
}

/** What stands where there is nothing to show: why, and what to do. */
export function EmptyState({ icon, title, advice, children }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" className="empty-view">
      {icon}
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw={460} ta="center">
        {advice}
      </Text>
      {children}
    </Stack>
  );
}
