import { Modal } from '@mantine/core';

export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return <Modal opened={isOpen} onClose={onClose} />;
}
