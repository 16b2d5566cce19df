namespace Chat.AppHost;

/// <summary>A volume that every replica of API and worker has, as containers have theirs; the publishers read it from the same annotation.</summary>
internal static partial class SharedFiles
{
    internal const string VolumeName = "chat-files";

    static partial void Mount(IResourceBuilder<ProjectResource> service) =>
        service.WithAnnotation(new ContainerMountAnnotation(VolumeName, MountPath, ContainerMountType.Volume, isReadOnly: false));
}
