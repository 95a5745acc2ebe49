// What controls tell: how many mistakes slip through, and what the model does where nobody saw its proposals.

import { Text } from '@mantine/core';
import type { Savings } from '@migaki/api';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { Hint, Part } from './Part.tsx';
import { RateLine } from './RateLine.tsx';
import { CorrectionBar } from './WorkParts.tsx';

export function SlipsPart({ savings: { mistakes } }: { savings: Savings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { openCount, judgedCount, slippedCount, rate, byKind } = mistakes;
  return (
    <Part title={t('rounds.slipsTitle')}>
      {rate === null ? (
        <Hint>
          {openCount === 0
            ? t('rounds.noMistakes')
            : t('rounds.noneJudged', { count: openCount, shown: format.count(openCount) })}
        </Hint>
      ) : (
        <>
          <RateLine rate={rate} />
          <Text size="sm" mt={6}>
            {t('rounds.slipRate', {
              slipped: format.count(slippedCount),
              judged: format.count(judgedCount),
              share: format.percent(rate.share),
              low: format.percent(rate.low),
              high: format.percent(rate.high),
            })}
          </Text>
          <div className="slip-kinds">
            {byKind
              .filter((each) => each.judgedCount > 0)
              .map((each) => (
                <Fragment key={each.kind}>
                  <span>{t(`rounds.kinds.${each.kind}`)}</span>
                  <div className="rate-line" aria-hidden>
                    <span
                      className="rate-line-reach"
                      style={{ left: 0, width: `${(100 * each.slippedCount) / each.judgedCount}%` }}
                    />
                  </div>
                  <span>
                    {t('rounds.of', {
                      part: format.count(each.slippedCount),
                      whole: format.count(each.judgedCount),
                    })}
                  </span>
                </Fragment>
              ))}
          </div>
          {openCount > 0 && (
            <Text size="xs" c="dimmed" mt={6}>
              {t('rounds.stillOpen', {
                count: openCount,
                shown: format.count(openCount),
              })}
            </Text>
          )}
        </>
      )}
    </Part>
  );
}

/** Nothing before a control is drawn. */
export function UnseenPart({ savings: { controls } }: { savings: Savings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { count, finishedCount, corrections } = controls;
  if (count === 0) return null;
  return (
    <Part title={t('rounds.unseenTitle')}>
      {finishedCount > 0 && <CorrectionBar corrections={corrections} />}
      <Text size="xs" c="dimmed" mt={6}>
        {t('rounds.unseen', { finished: format.count(finishedCount), all: format.count(count) })}
      </Text>
    </Part>
  );
}
