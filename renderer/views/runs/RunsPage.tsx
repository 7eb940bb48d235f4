import { PageHeader } from '#renderer/components/PageHeader.tsx';

export function RunsPage() {
  return <PageHeader title="RunsPage" />;
}
