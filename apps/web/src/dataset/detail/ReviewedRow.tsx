// Whether somebody has looked at the whole picture, and what is left to decide on it.

import { Button, Text } from '@mantine/core';
import type { Image } from '@migaki/api';
import { IconEyeCheck, IconEyeOff, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { Verb } from '../acting/verbs.ts';

interface ReviewedRowProps {
  image: Image;
  onVerb: (verb: Verb) => void;
}

export function ReviewedRow({ image, onVerb }: ReviewedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { isReviewed, reviewed, proposalCount } = image;
  return (
    <>
      <div className="reviewed-row">
        {isReviewed ? (
          <IconEyeCheck size={16} className="tile-reviewed" aria-hidden />
        ) : (
          <IconEyeOff size={16} color="var(--mantine-color-dimmed)" aria-hidden />
        )}
        <Text size="xs">
          {isReviewed && reviewed !== null
            ? `${t('detail.reviewedBy', { name: reviewed.by })} · ${format.ago(reviewed.at)}`
            : t(isReviewed ? 'grid.reviewed' : 'detail.notReviewed')}
        </Text>
        <Button
          size="compact-xs"
          variant={isReviewed ? 'subtle' : 'light'}
          onClick={() => onVerb({ do: 'review' })}
        >
          {t(isReviewed ? 'detail.unreview' : 'acting.verbs.review')} (K)
        </Button>
      </div>
      {proposalCount > 0 && (
        <div className="reviewed-row">
          <IconSparkles size={16} className="tile-proposals" aria-hidden />
          <Text size="xs">
            {t('acting.left', { count: proposalCount, shown: format.count(proposalCount) })}
          </Text>
          <Button.Group>
            <Button size="compact-xs" variant="light" onClick={() => onVerb({ do: 'accept' })}>
              {t('bulk.acceptShort')} (A)
            </Button>
            <Button
              size="compact-xs"
              variant="light"
              color="red"
              onClick={() => onVerb({ do: 'reject' })}
            >
              {t('bulk.rejectShort')} (X)
            </Button>
          </Button.Group>
        </div>
      )}
    </>
  );
}
