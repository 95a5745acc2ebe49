// The log of a job as it grows.

import type { Job } from '@migaki/api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useJobLog } from './use-job-log.ts';
import './jobs.css';

export function JobLog({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const format = useFormat();
  const lines = useJobLog(job);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
  });
  useEffect(() => {
    if (isAtEnd.current && lines.length > 0) rows.scrollToIndex(lines.length - 1);
  }, [lines.length, rows]);
  return (
    <section
      ref={scroller}
      className="job-log mono"
      aria-label={t('jobs.log')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 24;
      }}
    >
      {lines.length === 0 && <span className="job-log-empty">{t('jobs.noLog')}</span>}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const { seq, at, level, text } = lines[index];
          return (
            <div
              key={seq}
              ref={rows.measureElement}
              data-index={index}
              data-level={level}
              className="job-log-line"
              style={{ transform: `translateY(${start}px)` }}
              title={format.time(at)}
            >
              <span>{format.clock(at)}</span>
              <span>
                {level !== 'info' && `${t(`jobs.levels.${level}`)} `}
                {say(text)}
              </span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
