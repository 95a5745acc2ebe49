// How labels came to be, and what looking over took: in actions and in time.

import { Text } from '@mantine/core';
import type { Savings } from '@migaki/api';
import { correctionKinds } from '@migaki/coco';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { Hint, Part } from './Part.tsx';
import { ShareBar } from './ShareBar.tsx';
import { aloneColor, assistedColor, TwoBars } from './TwoBars.tsx';

const labelColors = {
  accepted: 'var(--mantine-color-teal-6)',
  corrected: 'var(--mantine-color-yellow-5)',
  drawn: 'var(--mantine-color-indigo-5)',
  imported: 'var(--mantine-color-gray-5)',
} as const;

export function LabelsPart({ savings: { labels } }: { savings: Savings }) {
  const { t } = useTranslation();
  const origins = ['accepted', 'corrected', 'drawn', 'imported'] as const;
  const isEmpty = origins.every((origin) => labels[origin] === 0);
  return (
    <Part title={t('rounds.labelsTitle')}>
      {isEmpty && <Hint>{t('rounds.noLabels')}</Hint>}
      <ShareBar
        parts={origins.map((origin) => ({
          label: t(`rounds.origins.${origin}`),
          count: labels[origin],
          color: labelColors[origin],
        }))}
      />
    </Part>
  );
}

const correctionColors = {
  accept: 'var(--mantine-color-teal-6)',
  reclass: 'var(--mantine-color-grape-5)',
  nudge: 'var(--mantine-color-yellow-5)',
  reject: 'var(--mantine-color-red-6)',
  draw: 'var(--mantine-color-indigo-5)',
} as const;

type Corrections = Savings['work']['corrections'];

/** What became of proposals, and what was drawn beside them. */
export function CorrectionBar({ corrections }: { corrections: Corrections }) {
  const { t } = useTranslation();
  return (
    <ShareBar
      parts={correctionKinds.map((kind) => ({
        label: t(`rounds.corrections.${kind}`),
        count: corrections[kind],
        color: correctionColors[kind],
      }))}
    />
  );
}

export function ActionsPart({ savings: { work } }: { savings: Savings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pictureCount, corrections, actions, actionsFromScratch, acceptedAtOnce } = work;
  return (
    <Part title={t('rounds.actionsTitle')}>
      {pictureCount === 0 ? (
        <Hint>{t('rounds.noActions')}</Hint>
      ) : (
        <>
          <TwoBars
            amounts={[
              {
                label: t('rounds.lookingOver', {
                  count: pictureCount,
                  shown: format.count(pictureCount),
                }),
                value: actions,
                shown: format.count(actions),
                color: assistedColor,
              },
              {
                label: t('rounds.fromScratch'),
                value: actionsFromScratch,
                shown: format.count(actionsFromScratch),
                color: aloneColor,
              },
            ]}
          />
          <CorrectionBar corrections={corrections} />
        </>
      )}
      {acceptedAtOnce > 0 && (
        <Hint>
          {t('rounds.acceptedAtOnce', {
            count: acceptedAtOnce,
            shown: format.count(acceptedAtOnce),
          })}
        </Hint>
      )}
    </Part>
  );
}

export function TimePart({ savings: { time } }: { savings: Savings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { recordedMillis, assisted, byHand, saved, leastCount } = time;
  const seconds = (millis: number | null) =>
    millis === null
      ? '–'
      : t('rounds.seconds', { shown: format.number(Math.max(1, Math.round(millis / 100)) / 10) });
  const isMeasured = assisted.pictureCount + byHand.pictureCount > 0;
  return (
    <Part title={t('rounds.timeTitle')}>
      {isMeasured && (
        <TwoBars
          amounts={[
            {
              label: t('rounds.withProposals', {
                count: assisted.pictureCount,
                shown: format.count(assisted.pictureCount),
              }),
              value: assisted.millisPerObject ?? 0,
              shown: seconds(assisted.millisPerObject),
              color: assistedColor,
            },
            {
              label: t('rounds.withoutProposals', {
                count: byHand.pictureCount,
                shown: format.count(byHand.pictureCount),
              }),
              value: byHand.millisPerObject ?? 0,
              shown: seconds(byHand.millisPerObject),
              color: aloneColor,
            },
          ]}
        />
      )}
      {saved !== null && (
        <Text size="sm">
          {t(saved.share >= 0 ? 'rounds.saves' : 'rounds.costs', {
            share: format.percent(Math.abs(saved.share)),
            low: format.percent(saved.low),
            high: format.percent(saved.high),
            each: seconds(assisted.medianMillisPerPicture),
            alone: seconds(byHand.medianMillisPerPicture),
          })}
        </Text>
      )}
      {saved === null && isMeasured && (
        <Hint>
          {t('rounds.tooFewTimed', {
            assisted: assisted.pictureCount,
            byHand: byHand.pictureCount,
            least: leastCount,
          })}
        </Hint>
      )}
      {!isMeasured && <Hint>{t('rounds.noTime')}</Hint>}
      <Text size="xs" c="dimmed" mt={6}>
        {recordedMillis === 0
          ? t('rounds.noneRecorded')
          : t('rounds.recorded', { duration: format.duration(recordedMillis / 1000) })}
      </Text>
    </Part>
  );
}
