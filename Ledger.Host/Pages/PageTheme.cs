using MudBlazor;

namespace Ledger.Host.Pages;

/// <summary>Colours and letters. Each colour of writing reaches 4.5 : 1 on what it is written on, in both palettes.</summary>
internal static class PageTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b4f79", Secondary = "#5b3a7d", Tertiary = "#00695c", AppbarBackground = "#0b3c5d", AppbarText = "#ffffff",
            Background = "#f6f7f9", Surface = "#ffffff", DrawerBackground = "#ffffff", DrawerText = "#1b2733", DrawerIcon = "#3a4a59",
            TextPrimary = "#1b2733", TextSecondary = "#4a5a68", TextDisabled = "#66737f", ActionDefault = "#3a4a59",
            Success = "#1b6e34", Warning = "#8a5200", Error = "#b3261e", Info = "#0b5c8a", LinesDefault = "#c9d1d9", TableLines = "#d8dee4", LinesInputs = "#6b7883",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ec5ea", PrimaryContrastText = "#0b1722", Secondary = "#c8b0e6", SecondaryContrastText = "#0b1722", Tertiary = "#7fd0c3",
            AppbarBackground = "#0f2536", AppbarText = "#f2f6fa", Background = "#11181f", Surface = "#18222c", DrawerBackground = "#18222c",
            DrawerText = "#e6edf3", DrawerIcon = "#b4c2cf", TextPrimary = "#e6edf3", TextSecondary = "#b4c2cf", TextDisabled = "#93a1ad", ActionDefault = "#b4c2cf",
            Success = "#7fd497", Warning = "#f2bd6b", Error = "#ffa19a", Info = "#8ec5ea", LinesDefault = "#36434f", TableLines = "#2f3b46", LinesInputs = "#8795a1",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.6rem", FontWeight = "600", LineHeight = "1.3" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.2rem", FontWeight = "600", LineHeight = "1.4" },
        },
    };
}
