import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function PipelinesPage() {
  return <PageHeader title="PipelinesPage" />;
}
