import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { Construct } from 'constructs';

export type ImageProps = {
  readonly name: string;
  /** A hash of the image's content, so that only a change of the content makes a new image. */
  readonly tag: string;
  readonly protected: boolean;
};

// Deployments that can be rolled back to.
const KEPT = 20;

/** The repository of the image that all functions run. */
export class Image extends Construct {
  readonly repository: EcrRepository;
  readonly uri: string;
  readonly tag: string;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id);
    this.repository = new EcrRepository(this, 'repository', {
      name: props.name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS' }],
      forceDelete: !props.protected,
    });
    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: this.repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: `Keep the last ${KEPT} images`,
            selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: KEPT },
            action: { type: 'expire' },
          },
        ],
      }),
    });
    this.tag = props.tag;
    this.uri = `${this.repository.repositoryUrl}:${props.tag}`;
  }
}
