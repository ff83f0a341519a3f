# The host alone: it needs a PostgreSQL named by ConnectionStrings__ledger and runs as an unprivileged user. `migrate` is a
# step of its own, with the owner's login (docker-compose.yml).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Ledger.Domain/Ledger.Domain.csproj Ledger.Domain/
COPY Ledger.Projections/Ledger.Projections.csproj Ledger.Projections/
COPY Ledger.Host/Ledger.Host.csproj Ledger.Host/
RUN dotnet restore Ledger.Host
COPY Ledger.Domain/ Ledger.Domain/
COPY Ledger.Projections/ Ledger.Projections/
COPY Ledger.Host/ Ledger.Host/
RUN dotnet publish Ledger.Host -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
RUN mkdir --mode=0700 /evidence && chown $APP_UID /evidence
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=6 \
    CMD ["dotnet", "Ledger.Host.dll", "healthcheck", "http://127.0.0.1:8080/health/ready"]
ENTRYPOINT ["dotnet", "Ledger.Host.dll"]
CMD ["serve"]
