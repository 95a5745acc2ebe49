// Which of the pictures are learned from: a query of one's own, or that of a saved view.

import { Button, Group, Input, Text } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBar } from '../../dataset/toolbar/QueryBar.tsx';
import { viewsQuery } from '../../server/queries.ts';

interface FilterFieldProps {
  datasetId: number;
  query: string;
  /** Why the server did not understand the query. */
  error: string | null;
  /** A version is learned from whole. */
  isOfVersion: boolean;
  onChange: (query: string) => void;
}

export function FilterField(props: FilterFieldProps) {
  const { datasetId, query, error, isOfVersion, onChange } = props;
  const { t } = useTranslation();
  const inputRef = useRef<HTMLInputElement>(null);
  const { data: views = [] } = useQuery(viewsQuery(datasetId));
  const filtering = views.filter((view) => view.query !== '');
  if (isOfVersion) {
    return (
      <Text size="xs" c="dimmed">
        {t('runs.train.wholeVersion')}
      </Text>
    );
  }
  return (
    <Input.Wrapper
      label={t('runs.train.fields.query')}
      labelElement="div"
      description={t('runs.train.help.query')}
      inputWrapperOrder={['label', 'input', 'description']}
    >
      <QueryBar
        datasetId={datasetId}
        query={query}
        error={error}
        inputRef={inputRef}
        onChange={onChange}
      />
      {filtering.length > 0 && (
        <Group gap={6} mt={6} role="group" aria-label={t('views.title')}>
          {filtering.map((view) => (
            <Button
              key={view.name}
              size="compact-xs"
              variant={view.query === query ? 'light' : 'default'}
              leftSection={<IconBookmark size={12} />}
              title={view.query}
              onClick={() => onChange(view.query)}
            >
              {view.name}
            </Button>
          ))}
        </Group>
      )}
    </Input.Wrapper>
  );
}
