// Says that the workbench does not answer, and goes away by itself when it does again.

import { Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../server/events.ts';

/** A reload of the stream takes less. */
const patienceMillis = 1500;

export function ConnectionBanner() {
  const { t } = useTranslation();
  const isLost = useConnection() === 'lost';
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isLost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patienceMillis);
    return () => clearTimeout(timer);
  }, [isLost]);
  if (!isShown) return null;
  return (
    <div className="connection-banner" role="status">
      <Loader size={14} color="dark" />
      <Text size="sm" fw={500}>
        {t('connection.lost')}
      </Text>
    </div>
  );
}
