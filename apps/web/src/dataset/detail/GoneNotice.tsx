// Says that the picture was deleted while somebody looks at it, with the ways out.

import { Button, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeImage } from '../acting/perform.ts';
import '../notice-line.css';

interface GoneNoticeProps {
  datasetId: number;
  imageId: number;
  isForGood: boolean;
  onClose: () => void;
}

export function GoneNotice({ datasetId, imageId, isForGood, onClose }: GoneNoticeProps) {
  const { t } = useTranslation();
  return (
    <section className="notice-line" role="alert">
      <IconTrash size={16} aria-hidden />
      <Text size="sm" fw={600}>
        {t(isForGood ? 'annotate.trouble.goneForGood' : 'annotate.trouble.deleted')}
      </Text>
      <Text size="xs" c="dimmed" className="notice-line-help">
        {t(isForGood ? 'annotate.trouble.goneHelp' : 'annotate.trouble.deletedHelp')}
      </Text>
      {!isForGood && (
        <Button
          size="compact-xs"
          onClick={() => changeImage(datasetId, imageId, { type: 'restoreImages' })}
        >
          {t('annotate.trouble.restorePicture')}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={onClose}>
        {t('close')}
      </Button>
    </section>
  );
}
