import { Pagination } from '@mantine/core';

interface PagesProps {
  /** Counted from 1. */
  page: number;
  total: number;
  pageSize: number;
  /** As the address says it: nothing for the first. */
  onChange: (page: string | undefined) => void;
}

/** The pages of a list; nothing where there is only one. */
export const Pages = ({ page, total, pageSize, onChange }: PagesProps) =>
  total > pageSize && (
    <Pagination
      mt="md"
      size="sm"
      total={Math.ceil(total / pageSize)}
      value={page}
      onChange={(next) => onChange(next === 1 ? undefined : String(next))}
    />
  );
