using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Chat.AppHost.Targets;

/// <summary>
/// Volumes that keep what is in them. The publisher makes them <c>emptyDir</c>, which ends with the pod; the claims that
/// it can make instead end with <c>helm uninstall</c>.
/// </summary>
internal static class HelmVolumes
{
    public static void Persist(KubernetesResource kubernetes, int sizeGiB)
    {
        foreach (var volume in kubernetes.Workload!.PodTemplate.Spec.Volumes)
        {
            volume.EmptyDir = null;
            volume.PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceV1 { ClaimName = volume.Name };
            kubernetes.AdditionalResources.Add(Claim(volume.Name, sizeGiB));
        }
    }

    private static PersistentVolumeClaim Claim(string name, int sizeGiB) => new()
    {
        Metadata = new ObjectMetaV1 { Name = name, Annotations = { ["helm.sh/resource-policy"] = "keep" } },
        Spec = new PersistentVolumeClaimSpecV1
        {
            AccessModes = { "ReadWriteOnce" },
            Resources = new VolumeResourceRequirementsV1 { Requests = { ["storage"] = $"{sizeGiB}Gi" } },
        },
    };
}
