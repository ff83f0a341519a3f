using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Ledger.Host.Pages;

/// <summary>The language of one person's pages, for what stands in no page of ours.</summary>
public sealed class PageLanguage
{
    /// <summary>The texts in the language of the person.</summary>
    public PageTexts Texts { get; private set; } = new(IsEnglish: false);

    /// <summary>Sets the language.</summary>
    public PageTexts Speak(bool isEnglish) => Texts = new PageTexts(isEnglish);
}

/// <summary>The components' own words in Chinese; their English is built in.</summary>
public sealed class ChineseMudLocalizer(PageLanguage language) : MudLocalizer
{
    // Of the components that the pages use; a test looks for any of them that is missing.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["MudAlert_Close"] = "关闭", ["MudChip_Close"] = "关闭", ["MudDialog_Close"] = "关闭", ["MudSnackbar_Close"] = "关闭", ["MudInput_Clear"] = "清除",
        ["MudInput_Decrement"] = "减少", ["MudInput_Increment"] = "增加", ["MudNavGroup_ToggleExpand"] = "展开或收起", ["MudSelect_SelectAll"] = "全选",
        ["MudFormComponent_Required"] = "必填", ["MudTable_Loading"] = "正在加载", ["MudTable_SelectAllRows"] = "全选", ["MudTable_SelectRow"] = "选择此行",
        ["MudTablePager_FirstPage"] = "首页", ["MudTablePager_LastPage"] = "末页", ["MudTablePager_NextPage"] = "下一页", ["MudTablePager_PreviousPage"] = "上一页",
        ["MudTabs_ScrollLeft"] = "向左", ["MudTabs_ScrollRight"] = "向右", ["MudTabs_ScrollUp"] = "向上", ["MudTabs_ScrollDown"] = "向下",
    };

    /// <inheritdoc/>
    public override LocalizedString this[string key] =>
        !language.Texts.IsEnglish && Words.TryGetValue(key, out var word) ? new(key, word) : new(key, key, resourceNotFound: true);
}
