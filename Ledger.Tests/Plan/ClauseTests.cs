using System.Runtime.CompilerServices;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;
using Ledger.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Plan;

/// <summary>Every clause of the plan has facts, a question and something that keeps it from being forgotten; the document says so.</summary>
public sealed class ClauseTests
{
    // Questions of the spine that are no question of an area.
    private static readonly string[] OfTheSpine = ["rankings", "obligations", "scorecard", "comparison"];

    private static string Document([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "clauses.md"));

    [Fact]
    public void Each_clause_is_served_by_one_area() =>
        Areas.All.SelectMany(a => a.Clauses).Select(c => c.Id).ShouldBe(ClauseTable.Ids, ignoreOrder: true);

    [Fact]
    public void There_are_64_clauses() => ClauseTable.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(64);

    [Fact]
    public void An_entry_names_facts_and_questions_that_exist()
    {
        foreach (var clause in ClauseTable.All)
        {
            clause.Facts.ShouldNotBeEmpty(clause.Id);
            clause.Facts.ShouldAllBe(f => EventCatalog.Find(f) != null, clause.Id);
            clause.Questions.ShouldNotBeEmpty(clause.Id);
            clause.Questions.ShouldAllBe(q => OfTheSpine.Contains(q) || Areas.Questions.Any(known => known.Name == q), clause.Id);
        }
    }

    [Fact]
    public void Each_kind_of_duty_and_each_fact_of_the_plan_belongs_to_a_clause()
    {
        var clauses = ClauseTable.All;
        Enum.GetValues<DutyKind>().Except(clauses.SelectMany(c => c.Duties)).ShouldBeEmpty();
        // Reference data and what serves all clauses alike.
        string[] general =
        [
            "ActionPlanIssued", "DutyScheduleAdopted", "ScoringPolicyAdopted", "ObligationTransferred", "ApprovalRequested", "ApprovalGranted", "ApprovalRefused",
            "EvidenceExported", "PersonalDataRedacted", "RedactionCarriedOut",
        ];
        Areas.All.SelectMany(a => a.Facts).Select(f => f.Name).Except(clauses.SelectMany(c => c.Facts)).Except(general).ShouldBeEmpty();
    }

    [Fact]
    public void A_duty_is_on_the_board_under_a_clause_of_the_plan() =>
        DutyKinds.All.Select(d => d.Clause).ShouldBeSubsetOf(ClauseTable.Ids);

    [Fact]
    public void What_a_question_cannot_be_narrowed_by_is_refused_not_answered_by_nothing()
    {
        var situation = Given.Facts().Ledger().On();
        var asked = new Asked { Unit = "wuquan", Period = Period.Parse("2023Q2"), Key = "x", From = situation };
        foreach (var question in Areas.Questions.Where(q => q.Takes.HasFlag(Parameters.Status)))
            question.Answer(situation, asked with { Status = "nonsense" }).Refusal.ShouldNotBeNull(question.Name).Code.ShouldBe(Codes.QueryInvalid, question.Name);
        foreach (var question in Areas.Questions.Where(q => q.Takes.HasFlag(Parameters.Clause)))
            question.Answer(situation, asked with { Clause = "9.9" }).Refusal.ShouldNotBeNull(question.Name).Code.ShouldBe(Codes.QueryInvalid, question.Name);
        Areas.Questions.Where(q => q.Audience == Audience.Units).ShouldAllBe(q => q.Takes.HasFlag(Parameters.Unit), "a clerk hears of the own unit only");
    }

    [Fact]
    public void Questions_have_one_name_each() => Areas.Questions.Select(q => q.Name).ShouldBeUnique();

    [Fact]
    public void The_document_is_what_the_program_prints() => File.ReadAllText(Document()).ShouldBe(ClauseTable.ToMarkdown(), "./ledger clauses > docs/clauses.md");
}
