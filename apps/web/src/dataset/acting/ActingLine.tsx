// How many proposals are left in the filter, and the keys that decide on them.

import { Button } from '@mantine/core';
import type { Category } from '@migaki/api';
import { IconChecks, IconEyeCheck, IconRefresh, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { queueLengthQuery } from '../../look-over/queue.ts';
import { SampleDialog } from '../../look-over/sample/SampleDialog.tsx';
import { proposalsLeftQuery } from '../../server/queries.ts';
import { useActions } from '../../shell/actions.ts';
import { type KeyHint, KeyHints } from '../../shell/KeyHints.tsx';
import { LinkButton } from '../../shell/links.tsx';
import { useChanges } from './changes-store.ts';
import { categoryKeys } from './use-verb-actions.ts';
import './acting.css';

interface ActingLineProps {
  datasetId: number;
  query: string;
  categories: readonly Category[];
  /** Tiles that are held though they no longer match. */
  heldCount: number;
  onRelease: () => void;
}

const shownCategories = 5;

/** From the filter to its pictures with proposals, one after another. */
function LookOverButtons({ datasetId, query }: Pick<ActingLineProps, 'datasetId' | 'query'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: length } = useQuery(queueLengthQuery(datasetId, query));
  const [isSampling, setSampling] = useState(false);
  useActions([
    {
      id: 'sample',
      label: t('lookOver.sample.title'),
      group: t('acting.group'),
      keys: ['shift+a'],
      run: () => setSampling(true),
    },
  ]);
  if (length === undefined || length === 0) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconChecks size={13} />}
        title={`${t('lookOver.sample.title')} (⇧A)`}
        onClick={() => setSampling(true)}
      >
        {t('lookOver.sample.button')}
      </Button>
      <SampleDialog
        datasetId={datasetId}
        query={query}
        isOpen={isSampling}
        onClose={() => setSampling(false)}
      />
      <LinkButton
        size="compact-xs"
        leftSection={<IconEyeCheck size={13} />}
        to="/datasets/$datasetId/look-over"
        params={{ datasetId: String(datasetId) }}
        search={{ q: query || undefined, begin: '1' }}
        title={`${t('lookOver.title')} (⇧L)`}
      >
        {t('lookOver.button', { shown: format.count(length) })}
      </LinkButton>
    </>
  );
}

export function ActingLine(props: ActingLineProps) {
  const { datasetId, query, categories, heldCount, onRelease } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { data: now } = useQuery(proposalsLeftQuery(datasetId, query));
  const changes = useChanges(datasetId);
  /** As it was before the changes: what is counted while they settle may count some of them, too. */
  const before = useRef({ query, count: now });
  if (changes.size === 0 || before.current.query !== query || before.current.count === undefined) {
    before.current = { query, count: now };
  }
  const { count: counted } = before.current;
  // What was decided on just now is counted at once.
  const decided = [...changes.values()].reduce((sum, { decidedCount }) => sum + decidedCount, 0);
  const left = counted === undefined ? undefined : Math.max(0, counted - decided);
  /** How many there were when one began with this query. */
  const start = useRef({ query, count: 0 });
  if (start.current.query !== query) start.current = { query, count: 0 };
  if (left !== undefined && left > start.current.count) start.current.count = left;
  const { count } = start.current;
  if (left === undefined || (count === 0 && heldCount === 0)) return null;
  const part = count === 0 ? 1 : (count - left) / count;
  const keys: KeyHint[] = [
    ['A', t('acting.short.accept')],
    ['X', t('acting.short.reject')],
    ['K', t('acting.short.review')],
    ...categories
      .slice(0, shownCategories)
      .map(({ name }, index): KeyHint => [categoryKeys[index], name]),
    ['R', t('acting.short.pick')],
  ];
  return (
    <section className="acting-line" aria-label={t('acting.group')}>
      {count > 0 && (
        <span className="acting-progress" role="status">
          <IconSparkles size={14} aria-hidden />
          <span className="acting-bar" aria-hidden>
            <span style={{ width: `${part * 100}%` }} />
          </span>
          {t('acting.left', { count: left, shown: format.count(left) })}
        </span>
      )}
      <KeyHints keys={keys} />
      <LookOverButtons datasetId={datasetId} query={query} />
      {heldCount > 0 && (
        <Button
          variant="light"
          size="compact-xs"
          leftSection={<IconRefresh size={13} />}
          onClick={onRelease}
        >
          {t('acting.held', { count: heldCount, shown: format.count(heldCount) })}
        </Button>
      )}
    </section>
  );
}
