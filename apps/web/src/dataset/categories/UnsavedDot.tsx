import { useTranslation } from 'react-i18next';

/** Beside a category that was changed and is not saved yet. */
export function UnsavedDot() {
  const { t } = useTranslation();
  const words = t('categories.unsaved');
  return <span className="category-unsaved" role="img" title={words} aria-label={words} />;
}
