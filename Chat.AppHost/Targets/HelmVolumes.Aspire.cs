using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Chat.AppHost.Targets;

/// <summary>
/// Volumes that keep what is in them. The publisher makes them <c>emptyDir</c>, which ends with the pod; the claims that
/// it can make instead end with <c>helm uninstall</c>.
/// </summary>
internal static class HelmVolumes
{
    /// <summary>The group of the user "app" in .NET's images.</summary>
    private const long ImageUser = 1654;

    public static void Persist(KubernetesResource kubernetes, int sizeGiB)
    {
        foreach (var volume in kubernetes.Workload!.PodTemplate.Spec.Volumes)
        {
            volume.EmptyDir = null;
            volume.PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceV1 { ClaimName = volume.Name };
            kubernetes.AdditionalResources.Add(Claim(volume.Name, sizeGiB));
        }
    }

    /// <summary>For volumes that several workloads write to: one claim, made by the first of them, on storage that takes many writers.</summary>
    /// <param name="made">The claims that there are; added to.</param>
    public static void Share(KubernetesResource kubernetes, int sizeGiB, HashSet<string> made)
    {
        var pod = kubernetes.Workload!.PodTemplate.Spec;
        foreach (var volume in pod.Volumes)
        {
            volume.EmptyDir = null;
            volume.PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceV1 { ClaimName = volume.Name };
            pod.SecurityContext ??= new PodSecurityContextV1();
            pod.SecurityContext.FsGroup = ImageUser;
            if (made.Add(volume.Name))
            {
                kubernetes.AdditionalResources.Add(Claim(volume.Name, sizeGiB, "ReadWriteMany"));
            }
        }
    }

    private static PersistentVolumeClaim Claim(string name, int sizeGiB, string accessMode = "ReadWriteOnce") => new()
    {
        Metadata = new ObjectMetaV1 { Name = name, Annotations = { ["helm.sh/resource-policy"] = "keep" } },
        Spec = new PersistentVolumeClaimSpecV1
        {
            AccessModes = { accessMode },
            Resources = new VolumeResourceRequirementsV1 { Requests = { ["storage"] = $"{sizeGiB}Gi" } },
        },
    };
}
