import type { TerraformVariableConfig, TerraformVariableValidationConfig } from 'cdktf';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';

export type VariablesProps = {
  readonly environment: string;
  /** Of environments.ts. */
  readonly atlasOrgId?: string | undefined;
};

/** Terraform variables for values that do not belong in the repository, set as TF_VAR_<name>. */
export class Variables extends Construct {
  readonly atlasOrgId: string;
  readonly imageTag: string;
  /** Null if unset: with `plan`, AWS then chooses a key. */
  readonly apiKey: string;
  /** SHA-256 of the key, in hex; empty if unset. */
  readonly apiKeyHash: string;

  constructor(scope: Construct, id: string, { environment, atlasOrgId }: VariablesProps) {
    super(scope, id);
    this.atlasOrgId = this.create('atlas_org_id', {
      ...(atlasOrgId && { default: atlasOrgId }),
      description: 'The Atlas organisation: the id in its address, cloud.mongodb.com/v2#/org/<id>',
      validation: matches('atlas_org_id', '^[0-9a-f]{24}$', '24 hexadecimal digits'),
    });
    this.imageTag = this.create('image_tag', {
      // Without a default, Terraform would ask for it.
      default: '',
      description: "The image's tag, a hash of its content; npm run deploy builds it and sets this",
      validation: [
        {
          condition: `\${var.image_tag != ""}`,
          // Short, since Terraform breaks lines at 78 characters.
          errorMessage: `Use npm run deploy -- ${environment}, which builds, checks and proves.`,
        },
        ...matches('image_tag', '^([0-9a-f]{12,64})?$', '12 to 64 hexadecimal digits'),
      ],
    });
    this.create('rest_api_key', {
      default: '',
      sensitive: true,
      description:
        'An x-api-key with every scope; empty for none, or with `plan` for one that AWS chooses',
      validation: matches(
        'rest_api_key',
        '^([0-9A-Za-z]{20,128})?$',
        '20 to 128 letters and digits',
      ),
    });
    // CDKTF's Op.eq would write an empty string as undefined.
    this.apiKey = `\${var.rest_api_key == "" ? null : var.rest_api_key}`;
    this.apiKeyHash = `\${var.rest_api_key == "" ? "" : sha256(var.rest_api_key)}`;
  }

  private create(name: string, config: TerraformVariableConfig): string {
    const variable = new TerraformVariable(this, name, { type: 'string', ...config });
    // The name is for people, so it must not include the construct's path.
    variable.overrideLogicalId(name);
    return variable.stringValue;
  }
}

function matches(
  name: string,
  pattern: string,
  remedy: string,
): TerraformVariableValidationConfig[] {
  return [
    {
      condition: `\${can(regex("${pattern}", var.${name}))}`,
      errorMessage: `TF_VAR_${name} must be ${remedy}.`,
    },
  ];
}
