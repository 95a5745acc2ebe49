// Everything on the picture as a COCO file, made in the browser: for when the workbench cannot take it.

import { Button } from '@mantine/core';
import { serverFields } from '@migaki/annotator';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/EditorContext.tsx';

export function DownloadButton() {
  const { t } = useTranslation();
  const { image, store } = useSession();
  const download = () => {
    const { picture, categories, objects } = store.get().document;
    const file = {
      images: [
        { id: picture.id, file_name: image.fileName, width: picture.width, height: picture.height },
      ],
      categories: categories.map(({ id, name, supercategory, keypoints, skeleton }) => ({
        id,
        name,
        ...(supercategory !== null && { supercategory }),
        ...(keypoints !== null && { keypoints, skeleton: skeleton ?? [] }),
      })),
      annotations: [...objects.values()].map((object, index) => {
        const { categoryId, ...fields } = serverFields(object);
        const known = Object.entries(fields).filter(([, value]) => value !== null);
        return {
          id: index + 1,
          image_id: picture.id,
          ...(categoryId != null && { category_id: categoryId }),
          ...Object.fromEntries(known),
        };
      }),
    };
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: 'application/json' }));
    link.download = `${image.fileName.replace(/^.*\//, '')}.coco.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={download}>
      {t('annotate.trouble.download')}
    </Button>
  );
}
