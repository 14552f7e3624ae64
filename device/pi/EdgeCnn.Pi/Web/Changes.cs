using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EdgeCnn.Pi.Web;

/// <summary>What can be changed: every request that is not a GET, which <see cref="Access"/> lets through only with the token.</summary>
internal static class Changes
{
    private const string Uploaded = "the uploaded file";
    private static readonly TimeSpan LessonPatience = TimeSpan.FromSeconds(10);

    /// <summary>Adds it.</summary>
    public static void Map(IEndpointRouteBuilder routes, CameraService service)
    {
        routes.MapPost("/lessons/{label:int}", (int label) => Do(() => Teach(service, label)));
        routes.MapDelete("/lessons/newest", () => Do(() => Undo(service)));
        routes.MapPut("/models", (HttpRequest request) => Do(() => Install(service, request)));
        routes.MapPost("/models/previous", () => Do(service.Models.RollBack));
    }

    private static async Task Teach(CameraService service, int label)
    {
        Task lesson = await service.Inference.Ask(() =>
        {
            if (service.Inference.Engine is not { } engine || (uint)label >= (uint)engine.Labels.Count)
                throw new InvalidOperationException($"the model has no label {label}");
            return service.Models.Classroom.Press(label, service.Settings.Teach.FramesPerPress);
        });
        await lesson.WaitAsync(LessonPatience);
    }

    private static Task<bool> Undo(CameraService service) => service.Inference.Ask(() =>
    {
        if (service.Models.Lessons is not { } lessons) throw new InvalidOperationException("this model can't learn");
        lessons.Undo();
        return true;
    });

    private static async Task Install(CameraService service, HttpRequest request)
    {
        // The server ends what is longer than Model:MaxBytes, or slower than it waits for.
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, request.HttpContext.RequestAborted);
        await service.Models.Install(content.ToArray(), Uploaded);
    }

    private static async Task<IResult> Do(Func<Task> change)
    {
        try
        {
            await change();
            return TypedResults.NoContent();
        }
        catch (BadHttpRequestException refused)
        {
            return Refused(refused.StatusCode, refused.Message);
        }
        catch (InvalidDataException refused)
        {
            return Refused(StatusCodes.Status422UnprocessableEntity, refused.Message);
        }
        catch (InvalidOperationException refused)
        {
            return Refused(StatusCodes.Status409Conflict, refused.Message);
        }
        catch (TimeoutException)
        {
            return Refused(StatusCodes.Status503ServiceUnavailable, "no frames come that could be learned");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refused(StatusCodes.Status507InsufficientStorage, failure.Message);
        }
    }

    private static JsonHttpResult<Refusal> Refused(int status, string reason) =>
        TypedResults.Json(new Refusal(reason), Json.Default.Refusal, statusCode: status);
}
