import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './filters.css';

interface FilterSectionProps {
  title: string;
  isChosen: boolean;
  onClear: () => void;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

export function FilterSection({
  title,
  isChosen,
  onClear,
  isOpenAtFirst = true,
  children,
}: FilterSectionProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isOpenAtFirst || isChosen);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <section className="filter-section">
      <div className="filter-heading">
        <UnstyledButton
          className="filter-toggle"
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          <Chevron size={14} />
          {title}
        </UnstyledButton>
        {isChosen && (
          <ActionIcon
            size="xs"
            aria-label={t('filters.clearOne', { filter: title })}
            onClick={onClear}
          >
            <IconX size={12} />
          </ActionIcon>
        )}
      </div>
      {isOpen && children}
    </section>
  );
}
